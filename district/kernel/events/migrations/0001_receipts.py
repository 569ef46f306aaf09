
import district.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('message', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('listener', models.CharField(max_length=200, verbose_name='处理程序')),
                ('at', models.DateTimeField(db_index=True, default=district.kernel.clock.now, verbose_name='时间')),
            ],
            options={
                'verbose_name': '消息回执',
                'verbose_name_plural': '消息回执',
            },
        ),
    ]
