import district.kernel.clock
import district.kernel.places.models
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import CreateExtension, TrigramExtension
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        CreateExtension('cube'),
        CreateExtension('earthdistance'),
        migrations.CreateModel(
            name='Division',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False, verbose_name='区划代码')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('level', models.CharField(choices=[('district', '区县'), ('town', '镇街'), ('village', '村（社区）')], max_length=10, verbose_name='级别')),
                ('lon', models.FloatField(verbose_name='经度')),
                ('lat', models.FloatField(verbose_name='纬度')),
                ('polygon', models.JSONField(blank=True, help_text='GeoJSON geometry, WGS-84', null=True, verbose_name='边界')),
                ('is_schematic', models.BooleanField(default=False, verbose_name='位置为示意')),
                ('area_m2', models.FloatField(blank=True, null=True, verbose_name='面积（平方米）')),
                ('updated_at', models.DateTimeField(default=district.kernel.clock.now)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.division', verbose_name='上级')),
            ],
            options={
                'verbose_name': '行政区划',
                'verbose_name_plural': '行政区划',
                'ordering': ('code',),
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, unique=True, verbose_name='地址')),
                ('lon', models.FloatField(verbose_name='经度')),
                ('lat', models.FloatField(verbose_name='纬度')),
                ('cell', models.CharField(db_index=True, max_length=16, verbose_name='H3 网格')),
                ('source', models.CharField(max_length=40, verbose_name='来源')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='places.division', verbose_name='行政区划')),
            ],
            options={
                'verbose_name': '地址',
                'verbose_name_plural': '地址',
                'ordering': ('text',),
            },
        ),
        migrations.AddIndex(
            model_name='division',
            index=django.contrib.postgres.indexes.GistIndex(district.kernel.places.models.EarthPoint(models.F('lat'), models.F('lon')), name='places_division_earth'),
        ),
        migrations.AddIndex(
            model_name='division',
            index=models.Index(fields=['level', 'code'], name='places_division_level'),
        ),
        migrations.AddConstraint(
            model_name='division',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$')), name='places_division_code_form'),
        ),
        migrations.AddIndex(
            model_name='address',
            index=django.contrib.postgres.indexes.GinIndex(fields=['text'], name='places_address_trigrams', opclasses=('gin_trgm_ops',)),
        ),
        migrations.AddIndex(
            model_name='address',
            index=django.contrib.postgres.indexes.GistIndex(district.kernel.places.models.EarthPoint(models.F('lat'), models.F('lon')), name='places_address_earth'),
        ),
    ]
