import district.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='DatasetSize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(max_length=40, verbose_name='系统')),
                ('key', models.CharField(max_length=80, verbose_name='数据集')),
                ('rows', models.BigIntegerField(null=True, verbose_name='行数')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='问题')),
                ('counted_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='统计时间')),
            ],
            options={
                'verbose_name': '数据集规模',
                'verbose_name_plural': '数据集规模',
                'constraints': [models.UniqueConstraint(fields=('system', 'key'), name='datasets_size_once')],
            },
        ),
    ]
