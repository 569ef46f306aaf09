"""What dispatchers have ordered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import district.kernel.clock


class Migration(migrations.Migration):

    dependencies = [
        ('devices', '0005_positions'),
        ('transit', '0003_predictions_learning_scores'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('text', '文字指令'), ('hold', '停站等待'), ('short_turn', '区间调头'), ('extra', '加开班次'), ('cancel', '停开班次')], max_length=12, verbose_name='类型')),
                ('day', models.DateField(verbose_name='运营日')),
                ('trip_id', models.CharField(blank=True, max_length=120, verbose_name='班次')),
                ('start_time', models.CharField(blank=True, max_length=8, verbose_name='发车时间')),
                ('text', models.CharField(max_length=500, verbose_name='内容')),
                ('made_at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='下达时间')),
                ('bus', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='transit.bus', verbose_name='车辆')),
                ('change', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='transit.change')),
                ('command', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='devices.devicecommand')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='调度员')),
            ],
            options={
                'verbose_name': '调度指令',
                'verbose_name_plural': '调度指令',
                'ordering': ('-made_at', '-pk'),
                'indexes': [
                    models.Index(fields=['day', 'trip_id'], name='order_by_trip'),
                    models.Index(fields=['bus', '-made_at'], name='order_by_bus'),
                ],
            },
        ),
    ]
